@org.jspecify.annotations.NullMarked
package karuta.log;
