// The floor of planning: a Node process that stats and reads every file that a list names.
import { readFileSync, statSync } from 'node:fs';

for (const file of readFileSync(process.argv[2], 'utf8').split('\n')) {
  statSync(file);
  readFileSync(file);
}
