package com.faultmaven.user.domain;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Function;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;

/**
 * Memory of Argon2id computations, used again by later ones: new blocks each time would be most of
 * what the garbage collector has to do.
 *
 * <p>A computation gets a whole memory and its blocks always in one order, that of their addresses.
 * Argon2 goes through them in that order, and the processor can read ahead; blocks that
 * computations take from each other one by one end up in no order at all, which costs half as much
 * again. The memory that was used last is lent first, as it may still be in the processor's cache.
 */
final class HashMemory {
  private final int blocks;
  private final LinkedBlockingDeque<Blocks> idle;

  /**
   * None is allocated before it is needed.
   *
   * @param blocks of 1 KiB that a computation takes; one that takes more gets new ones besides
   * @param kept how many memories are kept at most
   */
  HashMemory(int blocks, int kept) {
    this.blocks = blocks;
    idle = new LinkedBlockingDeque<>(kept);
  }

  /** Lends a memory for as long as the computation takes. */
  <T> T lend(Function<BlockPool, T> computation) {
    Blocks lent = idle.pollFirst();
    if (lent == null) {
      lent = new Blocks(blocks);
    }
    T result = computation.apply(lent);
    // Not after a failure: then the blocks have not been cleared.
    lent.rewind();
    idle.offerFirst(lent);
    return result;
  }

  /** How many memories wait to be lent. */
  int idle() {
    return idle.size();
  }

  /** One computation's memory; not for several threads. */
  private static final class Blocks implements BlockPool {
    private final Block[] blocks;
    private int next;

    private Blocks(int size) {
      blocks = new Block[size];
      for (int i = 0; i < size; i++) {
        blocks[i] = new Block();
      }
    }

    @Override
    public Block allocate() {
      return next < blocks.length ? blocks[next++] : new Block();
    }

    @Override
    public void deallocate(Block block) {
      // Cleared by the computation, and lent again as a part of the whole.
    }

    private void rewind() {
      next = 0;
    }
  }
}
