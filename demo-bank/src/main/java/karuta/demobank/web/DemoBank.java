package karuta.demobank.web;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import karuta.demobank.api.Karuta.Access;
import karuta.demobank.bank.Customers;

/// What a demo bank is made of. Time and randomness are passed in, so that tests own them.
///
/// @param port on loopback; 0 takes a free one
/// @param frontEnd how internet banking reaches the challenge server
/// @param backOffice how the back office reaches it
/// @param letterbox the folder into which printed cards are put
/// @param customers who can log in
public record DemoBank(
    int port,
    Access frontEnd,
    Access backOffice,
    Path letterbox,
    Customers customers,
    InstantSource clock,
    SecureRandom random) {}
