package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CursorTest {
  private final Cursor<String> cursor = new Cursor<>();

  @Test
  void it_is_on_the_first_line_until_it_is_moved() {
    assertThat(cursor.item(List.of("a", "b"))).isEqualTo("a");
    assertThat(cursor.item(List.of("new", "a", "b"))).isEqualTo("new");
  }

  @Test
  void once_moved_it_stays_with_what_it_is_on() {
    cursor.move(List.of("a", "b"), 1);

    assertThat(cursor.index(List.of("new", "b", "a"))).isEqualTo(1);
    assertThat(cursor.index(List.of("new", "a", "c", "b"))).isEqualTo(3);
  }

  @Test
  void what_takes_the_place_of_something_that_is_gone_is_chosen() {
    cursor.move(List.of("a", "b", "c"), 1);

    assertThat(cursor.item(List.of("a", "c"))).isEqualTo("c");
    assertThat(cursor.item(List.of("a"))).isEqualTo("a");
    assertThat(cursor.item(List.of())).isNull();
  }

  @Test
  void it_goes_no_farther_than_the_ends() {
    List<String> items = List.of("a", "b", "c");
    cursor.move(items, Integer.MAX_VALUE);
    assertThat(cursor.item(items)).isEqualTo("c");
    cursor.move(items, -Integer.MAX_VALUE);
    assertThat(cursor.item(items)).isEqualTo("a");
  }

  @Test
  void the_list_scrolls_only_when_it_would_leave_the_screen() {
    List<String> items = IntStream.range(0, 10).mapToObj(i -> "line " + i).toList();
    cursor.move(items, 3);
    assertThat(cursor.top(items, 4)).isZero();
    cursor.move(items, 1);
    assertThat(cursor.top(items, 4)).isEqualTo(1);
    cursor.move(items, -3);
    assertThat(cursor.top(items, 4)).isEqualTo(1);
    cursor.move(items, -1);
    assertThat(cursor.top(items, 4)).isZero();
    cursor.move(items, 9);
    assertThat(cursor.top(items, 4)).isEqualTo(6);
  }

  @Test
  void a_taller_screen_shows_what_was_above() {
    List<String> items = IntStream.range(0, 10).mapToObj(i -> "line " + i).toList();
    cursor.move(items, 9);
    assertThat(cursor.top(items, 4)).isEqualTo(6);

    assertThat(cursor.top(items, 8)).isEqualTo(2);
  }
}
