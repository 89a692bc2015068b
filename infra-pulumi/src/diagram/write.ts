import { readFileSync, writeFileSync } from 'node:fs';
import { withDiagram } from './readme';

const path = 'README.md';

void withDiagram(readFileSync(path, 'utf8')).then((readme) => {
  writeFileSync(path, readme);
});
