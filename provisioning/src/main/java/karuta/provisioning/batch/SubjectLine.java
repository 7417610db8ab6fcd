package karuta.provisioning.batch;

import karuta.card.Generation;
import karuta.card.Subject;

/// One line of a subject file: who gets a card, and which of their cards it is.
record SubjectLine(Subject subject, Generation generation) {}
