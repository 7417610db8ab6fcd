@org.jspecify.annotations.NullMarked
package karuta.demo;
