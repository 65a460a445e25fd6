/**
 * The partner as a program: its options as JSON in the first argument or in HOLDFAST_PARTNER, what
 * happens as JSON, one event a line. Ends on SIGTERM and SIGINT.
 */
import { z } from 'zod';
import { seedAndAnswer } from './partner';

const account = z.strictObject({
  user: z.string().min(1),
  password: z.string().min(1),
  displayName: z.string().min(1).optional(),
});
const options = z.strictObject({
  baseUrl: z.url(),
  user: account,
  partners: z.tuple([account], account),
  minutes: z.int().min(0).optional(),
  thinkMs: z.int().min(0).optional(),
});

const given = options.parse(JSON.parse(process.argv[2] ?? process.env['HOLDFAST_PARTNER'] ?? '{}'));
const partner = await seedAndAnswer({
  ...given,
  onEvent: (event) => {
    process.stdout.write(`${JSON.stringify(event)}\n`);
  },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void partner.stop().then(() => {
      process.exit(0);
    });
  });
}
