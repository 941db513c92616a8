package dev.braid.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A picture of a page, to be compared with another one. */
record Picture(BufferedImage image) {
  /** Differences of a channel, of 255, that nobody sees. */
  private static final int UNSEEN = 16;

  static Picture of(byte[] png) throws IOException {
    return new Picture(
        Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "not a picture"));
  }

  /** The part of the pixels that can be seen to differ, from 0 to 1; 1 for another size. */
  double difference(Picture other) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (other.image.getWidth() != width || other.image.getHeight() != height) {
      return 1;
    }
    long different = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        different += isSeen(image.getRGB(x, y), other.image.getRGB(x, y)) ? 1 : 0;
      }
    }
    return (double) different / ((long) width * height);
  }

  private static boolean isSeen(int one, int other) {
    for (int shift = 0; shift <= 16; shift += 8) {
      if (Math.abs(((one >> shift) & 0xff) - ((other >> shift) & 0xff)) > UNSEEN) {
        return true;
      }
    }
    return false;
  }
}
