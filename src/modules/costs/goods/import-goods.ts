// What products cost, from a price list or an export of the stock system: number, cost, and the day it holds from.
import { defineImportKind } from '../../../platform/imports/index.ts';
import { minorUnits } from '../../../platform/money/money.ts';
import type { Db } from '../tables.ts';
import { compareGoodsCosts, type GoodsBefore, type GoodsRow, undoGoodsCosts, writeGoodsCosts } from './goods.ts';

const MOST_MINOR = 9_000_000_000_000_000;
/** A list without days says what has held all along. */
const ALWAYS = '2000-01-01';

export const goodsImport = defineImportKind<GoodsRow, GoodsBefore>({
  name: 'goods-costs',
  label: { en: 'Costs of products', ru: 'Себестоимость товаров' },
  permission: 'costs:manage',
  fields: [
    {
      name: 'product',
      label: { en: 'Product number', ru: 'Артикул товара' },
      type: 'text',
      required: true,
      from: 'column',
      names: [
        ...['item id', 'sku', 'product id', 'product', 'article', 'item', 'code', 'id', 'number'],
        ...['артикул', 'код товара', 'код', 'товар', 'номенклатура', 'ид', 'item name', 'название', 'наименование'],
      ],
      most: 300,
    },
    {
      name: 'cost',
      label: { en: 'Cost of one', ru: 'Себестоимость единицы' },
      type: 'amount',
      required: true,
      from: 'column',
      names: [
        ...['cost', 'unit cost', 'cost price', 'purchase price', 'buying price', 'cost of one', 'cogs'],
        ...['себестоимость', 'закупочная цена', 'цена закупки', 'закупка', 'учетная цена', 'учётная цена'],
      ],
    },
    {
      name: 'day',
      label: { en: 'Holds from', ru: 'Действует с' },
      type: 'day',
      required: false,
      from: 'column',
      names: ['from', 'valid from', 'holds from', 'date', 'day', 'since', 'с', 'действует с', 'дата', 'с даты'],
    },
    {
      name: 'currency',
      label: { en: 'Currency', ru: 'Валюта' },
      type: 'currency',
      required: true,
      from: 'either',
      names: ['currency', 'валюта'],
    },
  ],
  reasons: {
    'cost:below-zero': { en: 'is below zero', ru: 'меньше нуля' },
    'cost:too-large': { en: 'is larger than an amount can be', ru: 'больше, чем бывает сумма' },
  },

  async choices(db, workspace) {
    const { currency } = await (db as unknown as Db)
      .selectFrom('workspace')
      .select('currency')
      .where('id', '=', workspace)
      .executeTakeFirstOrThrow();
    return { options: {}, preset: { currency } };
  },

  async open(_db, { workspace, import: id }) {
    return {
      understand(values) {
        const currency = values.currency ?? '';
        const cost = minorUnits(values.cost ?? '', currency);
        if (cost < 0) return 'cost:below-zero';
        if (cost > MOST_MINOR) return 'cost:too-large';
        const product = (values.product ?? '').replace(/\s+/g, ' ');
        const fromDay = values.day || ALWAYS;
        return { day: fromDay, key: product, row: { product, fromDay, cost, currency } };
      },
      // a product named twice on a day: the lower line is the newer one
      merge: (_, later) => later,
      compare: (tx, rows) => compareGoodsCosts(tx as never, workspace, rows),
      write: async (tx, rows) => {
        const { before: undo, ...change } = await writeGoodsCosts(tx as never, { workspace, import: id }, rows);
        return { ...change, undo };
      },
      undo: (tx, entries) => undoGoodsCosts(tx as never, { workspace, import: id }, entries),
    };
  },
});
