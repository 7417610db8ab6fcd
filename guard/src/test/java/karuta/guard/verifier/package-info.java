@org.jspecify.annotations.NullMarked
package karuta.guard.verifier;
