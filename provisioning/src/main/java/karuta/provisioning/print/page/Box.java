package karuta.provisioning.print.page;

/// A rectangle on the card, in millimetres from the card's top left corner.
record Box(double x, double y, double width, double height) {
  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  double centreX() {
    return x + width / 2;
  }

  double centreY() {
    return y + height / 2;
  }

  /// The largest square in the middle of this box that leaves `margin` on every side.
  Box square(double margin) {
    var side = Math.min(width, height) - 2 * margin;
    return new Box(centreX() - side / 2, centreY() - side / 2, side, side);
  }
}
