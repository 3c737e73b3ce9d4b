import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.int.test.ts", "test/**/*.e2e.test.ts"],
    projects: [
      {
        extends: false,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.int.test.ts", "test/**/*.e2e.test.ts"],
          testTimeout: 20_000,
        },
      },
      {
        extends: false,
        test: { name: "int", include: ["test/**/*.int.test.ts"], testTimeout: 180_000, hookTimeout: 120_000, maxWorkers: 2 },
      },
      {
        extends: false,
        test: {
          name: "e2e",
          include: ["test/**/*.e2e.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
