@org.jspecify.annotations.NullMarked
package karuta.guard.socket;
