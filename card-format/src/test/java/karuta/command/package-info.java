@org.jspecify.annotations.NullMarked
package karuta.command;
