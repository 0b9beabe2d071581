package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.junit.jupiter.api.Test;

class HashMemoryTest {
  private static final int BLOCKS = 5;

  private final HashMemory memory = new HashMemory(BLOCKS, 2);

  @Test
  void lendsTheSameBlocksInTheSameOrder() {
    List<Block> first = memory.lend(HashMemoryTest::takeAll);
    // As computations give them back.
    assertThat(memory.lend(HashMemoryTest::takeAll)).isEqualTo(first).doesNotHaveDuplicates();
    assertThat(memory.idle()).isEqualTo(1);
  }

  @Test
  void computationsAtOnceShareNoBlock() {
    List<Block> inner = new ArrayList<>();
    List<Block> outer =
        memory.lend(
            blocks -> {
              inner.addAll(memory.lend(HashMemoryTest::takeAll));
              return takeAll(blocks);
            });
    assertThat(outer).doesNotContainAnyElementsOf(inner);
    // The one that was used last comes first.
    assertThat(memory.lend(HashMemoryTest::takeAll)).isEqualTo(outer);
  }

  @Test
  void keepsNoMoreThanItMay() {
    memory.lend(a -> memory.lend(b -> memory.lend(HashMemoryTest::takeAll)));
    assertThat(memory.idle()).isEqualTo(2);
  }

  @Test
  void givesNewBlocksToAComputationThatTakesMore() {
    List<Block> taken =
        memory.lend(
            blocks -> {
              List<Block> all = takeAll(blocks);
              all.add(blocks.allocate());
              return all;
            });
    assertThat(taken).hasSize(BLOCKS + 1).doesNotHaveDuplicates();
    assertThat(memory.lend(HashMemoryTest::takeAll)).isEqualTo(taken.subList(0, BLOCKS));
  }

  @Test
  void forgetsWhatAFailedComputationHasWritten() {
    assertThatThrownBy(
            () ->
                memory.lend(
                    blocks -> {
                      throw new IllegalStateException("broke off");
                    }))
        .hasMessage("broke off");
    assertThat(memory.idle()).isZero();
  }

  private static List<Block> takeAll(BlockPool blocks) {
    List<Block> taken = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      taken.add(blocks.allocate());
    }
    taken.forEach(blocks::deallocate);
    return taken;
  }
}
