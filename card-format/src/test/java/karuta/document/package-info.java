@org.jspecify.annotations.NullMarked
package karuta.document;
