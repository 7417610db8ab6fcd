@org.jspecify.annotations.NullMarked
package karuta.approval;
