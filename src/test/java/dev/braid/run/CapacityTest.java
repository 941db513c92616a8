package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.ResourceUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private static final List<ResourceUse> READS = uses("read:db:main");
  private static final List<ResourceUse> WRITES = uses("db:main");

  private final Capacity capacity = new Capacity(2);

  private static List<ResourceUse> uses(String... names) {
    return java.util.stream.Stream.of(names)
        .map(name -> ResourceUse.parse(name).orElseThrow())
        .toList();
  }

  @Test
  void there_are_as_many_slots_as_it_was_given() {
    assertThat(capacity.takeSlot(false)).isZero();
    assertThat(capacity.hasFreeSlot()).isTrue();
    assertThat(capacity.takeSlot(false)).isEqualTo(1);
    assertThat(capacity.hasFreeSlot()).isFalse();
  }

  @Test
  void the_lowest_free_slot_is_taken() {
    capacity.takeSlot(false);
    capacity.takeSlot(false);
    capacity.freeSlot(0, false);

    assertThat(capacity.takeSlot(false)).isZero();
  }

  @Test
  void it_is_idle_when_all_slots_are_free() {
    assertThat(capacity.isIdle()).isTrue();
    capacity.takeSlot(false);
    assertThat(capacity.isIdle()).isFalse();
    capacity.freeSlot(0, false);
    assertThat(capacity.isIdle()).isTrue();
  }

  @Test
  void an_intensive_task_takes_all_slots_until_it_is_done() {
    int slot = capacity.takeSlot(true);
    assertThat(capacity.hasFreeSlot()).isFalse();

    capacity.freeSlot(slot, true);
    assertThat(capacity.hasFreeSlot()).isTrue();
  }

  @Test
  void an_adopted_task_keeps_its_slot() {
    assertThat(capacity.takeSlotOfAdopted(1, false)).isEqualTo(1);
    assertThat(capacity.takeSlot(false)).isZero();
  }

  @Test
  void adopted_tasks_may_take_more_slots_than_there_are() {
    assertThat(List.of(adopt(0), adopt(0), adopt(0))).doesNotHaveDuplicates();
    assertThat(capacity.hasFreeSlot()).isFalse();

    capacity.freeSlot(0, false);
    assertThat(capacity.hasFreeSlot()).isFalse();
    capacity.freeSlot(1, false);
    assertThat(capacity.hasFreeSlot()).isTrue();
  }

  private int adopt(int slot) {
    return capacity.takeSlotOfAdopted(slot, false);
  }

  @Test
  void readers_share_a_resource() {
    capacity.take(READS);

    assertThat(capacity.isFree(READS)).isTrue();
  }

  @Test
  void a_writer_waits_for_the_last_reader() {
    capacity.take(READS);
    capacity.take(READS);

    assertThat(capacity.isFree(WRITES)).isFalse();
    capacity.free(READS);
    assertThat(capacity.isFree(WRITES)).isFalse();
    capacity.free(READS);
    assertThat(capacity.isFree(WRITES)).isTrue();
  }

  @Test
  void a_writer_shares_with_nobody() {
    capacity.take(WRITES);

    assertThat(capacity.isFree(READS)).isFalse();
    assertThat(capacity.isFree(WRITES)).isFalse();
    capacity.free(WRITES);
    assertThat(capacity.isFree(READS)).isTrue();
    assertThat(capacity.isFree(WRITES)).isTrue();
  }

  @Test
  void of_two_that_write_after_an_adoption_both_have_to_end() {
    capacity.take(WRITES);
    capacity.take(WRITES);

    capacity.free(WRITES);
    assertThat(capacity.isFree(READS)).isFalse();
    capacity.free(WRITES);
    assertThat(capacity.isFree(WRITES)).isTrue();
  }

  @Test
  void of_two_intensive_tasks_after_an_adoption_both_have_to_end() {
    int one = capacity.takeSlot(true);
    int other = capacity.takeSlotOfAdopted(one, true);

    capacity.freeSlot(one, true);
    assertThat(capacity.hasFreeSlot()).isFalse();
    capacity.freeSlot(other, true);
    assertThat(capacity.hasFreeSlot()).isTrue();
  }

  @Test
  void one_resource_in_use_is_enough_to_wait() {
    capacity.take(uses("port:80"));

    assertThat(capacity.isFree(uses("db:main", "port:80"))).isFalse();
    assertThat(capacity.isFree(uses("db:main", "port:81"))).isTrue();
  }
}
