@org.jspecify.annotations.NullMarked
package karuta.provisioning.batch;
