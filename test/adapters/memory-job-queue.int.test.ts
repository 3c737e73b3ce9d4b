import { CONTRACT_DELAYS_MS, CONTRACT_QUEUES, describeJobQueue } from "./job-queue-contract.ts";
import { MemoryJobQueue, MemoryTransaction } from "./memory-job-queue.ts";

describeJobQueue("memory", async () => {
  const queue = new MemoryJobQueue(CONTRACT_QUEUES, CONTRACT_DELAYS_MS);
  return {
    queue,
    inTransaction: async (work) => {
      const transaction = new MemoryTransaction();
      await work(transaction);
      transaction.commit();
    },
    close: queue.stop,
  };
});
