// A guide page as screen elements. Only what our own pages use: no HTML is taken over.
import { useQuery } from '@tanstack/react-query';
import { marked, type Token, type Tokens } from 'marked';
import type { ReactNode } from 'react';
import { pictureOf } from './guides.ts';
import styles from './help-panel.module.css';

function Picture({ href, alt }: { href: string; alt: string }) {
  const { data } = useQuery({ queryKey: ['picture', href], queryFn: async () => (await pictureOf(href)) ?? null });
  return data ? <img className={styles.picture} src={data} alt={alt} /> : null;
}

interface Props {
  text: string;
  /** another guide page was pressed */
  onGuide: (name: string) => void;
}

export function Markdown({ text, onGuide }: Props) {
  const link = ({ href, tokens }: Tokens.Link, key: number): ReactNode => {
    const guide = /^(?:\.\.\/guide\/)?([\w-]+?)(?:\.ru)?\.md$/.exec(href)?.[1];
    if (guide)
      return (
        <button key={key} type="button" className={styles.link} onClick={() => onGuide(guide)}>
          {all(tokens)}
        </button>
      );
    return /^https:/.test(href) ? (
      <a key={key} href={href} target="_blank" rel="noreferrer">
        {all(tokens)}
      </a>
    ) : (
      <span key={key}>{all(tokens)}</span>
    );
  };
  const one = (token: Token, key: number): ReactNode => {
    switch (token.type) {
      case 'heading': {
        const Head = token.depth === 1 ? 'h2' : 'h3';
        return <Head key={key}>{all(token.tokens)}</Head>;
      }
      case 'paragraph':
        return <p key={key}>{all(token.tokens)}</p>;
      case 'list': {
        const List = token.ordered ? 'ol' : 'ul';
        return (
          <List key={key}>
            {(token as Tokens.List).items.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes
              <li key={index}>{all(item.tokens)}</li>
            ))}
          </List>
        );
      }
      case 'code':
        return (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard
          <pre key={key} tabIndex={0}>
            <code>{token.text}</code>
          </pre>
        );
      case 'table':
        return table(token as Tokens.Table, key);
      case 'strong':
        return <strong key={key}>{all(token.tokens)}</strong>;
      case 'em':
        return <em key={key}>{all(token.tokens)}</em>;
      case 'codespan':
        return <code key={key}>{token.text}</code>;
      case 'link':
        return link(token as Tokens.Link, key);
      case 'image':
        return <Picture key={key} href={token.href} alt={token.text} />;
      case 'text':
        return 'tokens' in token && token.tokens ? <span key={key}>{all(token.tokens)}</span> : unescaped(token.text);
      case 'escape':
        return token.text;
      default:
        return null;
    }
  };
  const all = (tokens: Token[] | undefined): ReactNode[] => (tokens ?? []).map(one);
  const table = ({ header, rows }: Tokens.Table, key: number): ReactNode => (
    <table key={key}>
      <thead>
        <tr>
          {header.map((cell) => (
            <th key={cell.text} scope="col">
              {all(cell.tokens)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]?.text}>
            {row.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells stand in the order of their heads
              <td key={index}>{all(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return <div className={styles.guide}>{all(marked.lexer(text))}</div>;
}

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, sign: string) => SIGNS[sign] ?? '');
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
