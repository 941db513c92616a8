package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerLockTest {
  private static final int LOOKERS = 8;
  private static final int LOOKS = 300;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("owner.lock");
  }

  private OwnerLock acquire(String holder) throws IOException {
    return Objects.requireNonNull(OwnerLock.tryAcquire(file, holder), "the lock is taken");
  }

  @Test
  void a_second_holder_in_the_same_program_is_refused() throws IOException {
    try (OwnerLock _ = acquire("first")) {
      assertThat(OwnerLock.tryAcquire(file, "second")).isNull();
      assertThat(OwnerLock.tryAcquire(folder.resolve("./owner.lock"), "second")).isNull();
    }
  }

  @Test
  void a_second_program_is_refused() throws IOException {
    try (OwnerLock _ = acquire("first");
        ChildJvm other = ChildJvm.start(LockHolder.class, file.toString(), "second")) {
      assertThat(other.line()).isEqualTo(LockHolder.REFUSED);
      assertThat(OwnerLock.holder(file)).isEqualTo("first");
    }
  }

  @Test
  void what_another_program_holds_is_refused_here() throws IOException {
    try (ChildJvm other = ChildJvm.start(LockHolder.class, file.toString(), "the other")) {
      assertThat(other.line()).isEqualTo(LockHolder.HAS_IT);

      assertThat(OwnerLock.tryAcquire(file, "me")).isNull();
      assertThat(OwnerLock.isHeld(file)).isTrue();
      assertThat(OwnerLock.holder(file)).isEqualTo("the other");
    }
  }

  @Test
  void the_lock_of_a_killed_program_is_free() throws Exception {
    try (ChildJvm other = ChildJvm.start(LockHolder.class, file.toString(), "the other")) {
      assertThat(other.line()).isEqualTo(LockHolder.HAS_IT);
      other.kill();
    }

    assertThat(OwnerLock.isHeld(file)).isFalse();
    try (OwnerLock _ = acquire("heir")) {
      assertThat(OwnerLock.holder(file)).isEqualTo("heir");
    }
  }

  @Test
  void a_lock_that_was_closed_can_be_taken_again() throws IOException {
    acquire("a holder with a long name").close();

    try (OwnerLock _ = acquire("next")) {
      assertThat(OwnerLock.holder(file)).isEqualTo("next");
    }
  }

  @Test
  void nobody_holds_a_lock_whose_file_is_not_there() throws IOException {
    assertThat(OwnerLock.isHeld(file)).isFalse();
    assertThat(OwnerLock.holder(file)).isEqualTo("nobody");
    assertThat(file).doesNotExist();
  }

  @Test
  void to_look_at_a_lock_and_to_ask_who_holds_it_do_not_let_it_go() throws IOException {
    try (OwnerLock _ = acquire("first")) {
      assertThat(OwnerLock.isHeld(file)).isTrue();
      assertThat(OwnerLock.holder(file)).isEqualTo("first");
      assertThat(OwnerLock.tryAcquire(file, "second")).isNull();

      try (ChildJvm other = ChildJvm.start(LockHolder.class, file.toString(), "other")) {
        assertThat(other.line()).isEqualTo(LockHolder.REFUSED);
      }
    }
  }

  @Test
  void many_who_look_at_once_see_a_free_lock_as_free() throws Exception {
    acquire("before").close();

    assertThat(lookAtOnce()).containsOnly(false);
  }

  @Test
  void a_lock_can_be_taken_and_let_go_while_others_look() throws Exception {
    acquire("before").close();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      Future<List<Boolean>> looks = threads.submit(this::lookAtOnce);
      while (!looks.isDone()) {
        acquire("again").close();
      }
      assertThat(looks.get()).hasSize(LOOKERS * LOOKS);
    }
  }

  private List<Boolean> lookAtOnce() throws Exception {
    var answers = new ArrayList<Boolean>();
    try (var threads = Executors.newFixedThreadPool(LOOKERS)) {
      Callable<List<Boolean>> look =
          () -> {
            var seen = new ArrayList<Boolean>();
            for (int i = 0; i < LOOKS; i++) {
              seen.add(OwnerLock.isHeld(file));
            }
            return seen;
          };
      for (Future<List<Boolean>> each :
          threads.invokeAll(java.util.Collections.nCopies(LOOKERS, look))) {
        answers.addAll(each.get());
      }
    }
    return answers;
  }
}
