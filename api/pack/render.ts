import nunjucks from 'nunjucks';
import { packTemplatesFolder } from '../../config/pack/folder.js';

const oneLine = (text: unknown): string => String(text).replace(/\s+/g, ' ').trim();

function templates(autoescape: boolean): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader(packTemplatesFolder);
  const options = { autoescape, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true };
  return new nunjucks.Environment(loader, options).addFilter('line', oneLine);
}

const asHtml = templates(true);
const asText = templates(false);

/** A page. Whatever people wrote is escaped. @throws when the template is wrong */
export function renderPage(template: string, view: object): string {
  return `${asHtml.render(template, view).trim()}\n`;
}

/** Plain text, at most one empty line between paragraphs. @throws when the template is wrong */
export function renderText(template: string, view: object): string {
  const text = asText.render(template, view).replace(/[ \t]+$/gm, '');
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}
