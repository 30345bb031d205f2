// What rows of a file can become, in one explicit list, in the order the screen offers them.
import type { ImportKind } from '../platform/imports/index.ts';
import { noteImport } from './annotations/index.ts';
import { costImport, goodsImport } from './costs/index.ts';
import { counterImport } from './counters/index.ts';

export const importKinds: readonly ImportKind[] = [costImport, goodsImport, counterImport, noteImport];
