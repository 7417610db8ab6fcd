@org.jspecify.annotations.NullMarked
package karuta.secret;
