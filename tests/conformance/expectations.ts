/**
 * What the store is not expected to pass of the suite. It names files, and subtests by the numbers
 * that the runner prints, so that nothing of the suite's own text is in this repository.
 */
export interface ExpectedFailures {
  readonly why: string;
  readonly subtests: readonly string[];
}

const FRAMES = 'frames or windows, of other origins or with a lifetime of their own';
const WORKERS = 'a worker that shares the databases of its page';

/** Files that are not run, and what they need that Node lacks. */
export const NEEDS_BROWSER: Readonly<Record<string, string>> = {
  'back-forward-cache-open-connection.window.js': FRAMES,
  'back-forward-cache-open-transaction.window.js': FRAMES,
  'blob-contenttype.any.js': 'XMLHttpRequest, and the server of the suite to post to',
  'database-names-by-origin.html': FRAMES,
  'file_support.sub.html': 'a form into which WebDriver enters a file',
  'idb-partitioned-basic.sub.html': FRAMES,
  'idb-partitioned-coverage.sub.html': FRAMES,
  'idb-partitioned-persistence.sub.html': FRAMES,
  'idb_webworkers.htm': WORKERS,
  'idbfactory-databases-opaque-origin.html': FRAMES,
  'idbfactory-deleteDatabase-opaque-origin.html': FRAMES,
  'idbfactory-open-opaque-origin.html': FRAMES,
  'idbfactory-origin-isolation.html': FRAMES,
  'idbindex-cross-realm-methods.html': FRAMES,
  'idbobjectstore-cross-realm-methods.html': FRAMES,
  'ready-state-destroyed-execution-context.html': FRAMES,
  'storage-buckets.https.any.js': 'storage buckets, a proposal beyond the specification',
  'worker-termination-aborts-upgrade.window.js': WORKERS,
};

/** By the name of the test: its file, with the variant's query if it has variants. */
export const EXPECTED_FAILURES: Readonly<Record<string, ExpectedFailures>> = {
  'idlharness.any.js': {
    why: 'The attribute is looked for on the prototype of a worker’s scope; Node has no such scope.',
    subtests: ['58e66373a9'],
  },
  'key-conversion-exceptions.any.js': {
    why: 'A plain object is the options dictionary of getAll() and getAllKeys() by now, and no bad key.',
    subtests: ['e0d256d48a', '9e22a6f483', '8423ef8313', 'a62fd6649e'],
  },
  'structured-clone.any.js?101-last': {
    why: 'Geometry types and ImageData, which Node has not.',
    subtests: [
      'ae6a406202',
      '1f1e323f18',
      '663dcacffb',
      'df26d7ca04',
      '350029ff65',
      '2a8352c0ba',
      'ae59cd2095',
    ],
  },
};
