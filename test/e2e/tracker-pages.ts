// Pages that carry the tracker in the ways sites do.
import { SITE_KEY } from './tracker-site.ts';

const tag = (more = '') => `<script defer src="STATS/tw.js" data-site="${SITE_KEY}" ${more}></script>`;
const STUB =
  '<script>window.tradewind=window.tradewind||function(){(tradewind.q=tradewind.q||[]).push(arguments)}</script>';
const doc = (head: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body>${body}</body></html>`;
const BODY = `<main><h1>Shop</h1>
  <a id="in" href="/inside">in</a> <a id="out" href="http://elsewhere.test/x?y=1"><b>out</b></a>
  <a id="pdf" href="/price.pdf">price</a> <a id="mail" href="mailto:a@b.test">mail</a> <a id="save" href="/report" download>save</a>
  <form id="lead" action="/send"><input name="name" value="Secret Name"><input name="id" value="7"><button>Send</button></form>
  <div style="height:3000px"></div></main>`;

export const PAGES = {
  '/': { html: doc(tag('data-vitals="off"'), BODY) },
  '/vitals': { html: doc(tag(), BODY) },
  '/hash': { html: doc(tag('data-vitals="off" data-hash'), BODY) },
  '/stub': { html: doc(`${STUB}<script>tradewind('early',{n:1})</script>${tag('data-vitals="off"')}`, BODY) },
  '/moved': {
    html: doc(`<script defer src="STATS/assets/a1.js?v=2" data-site="${SITE_KEY}" data-vitals="off"></script>`, BODY),
  },
  '/to': { html: doc(tag('data-vitals="off" data-to="STATS/other/collect"'), BODY) },
  '/twice': { html: doc(tag('data-vitals="off"') + tag('data-vitals="off"'), BODY) },
  '/strict': {
    html: doc(tag('data-consent'), '<main><h1>Strict</h1></main>'),
    csp: "default-src 'none'; script-src STATS; connect-src STATS; style-src 'self'; base-uri 'none'",
  },
  '/large': {
    html: doc(tag('data-vitals="off"'), `<main>${'<p><a href="#x">row</a> <i>cell</i></p>'.repeat(3334)}</main>`),
  },
  '/large-without': { html: doc('', `<main>${'<p><a href="#x">row</a> <i>cell</i></p>'.repeat(3334)}</main>`) },
};
