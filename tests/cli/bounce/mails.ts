/** Mails that came back, as mail servers write them. */
export const MESSAGE_ID = 'Z90001-20260914-k3v9qa.0123456789abcdef0123@csu.example';

export interface BounceParts {
  action: string;
  status: string;
  diagnostic: string;
  /** What is returned of the mail: its type and its text; null for nothing. */
  returned: { type: string; text: string } | null;
  /** Further header lines of the report itself. */
  headers: string[];
  /** Further groups of the report, one for each further recipient. */
  more: string[];
}

const headersOfMail = `Return-Path: <migrations@csu.example>\r\nMessage-ID: <${MESSAGE_ID}>\r\nSubject: Example`;

/** A report in the form of RFC 3464, as Postfix writes it. */
export function bounceMail(change: Partial<BounceParts> = {}): string {
  const parts: BounceParts = {
    action: 'failed',
    status: '5.1.1',
    diagnostic: 'smtp; 550 5.1.1 <ann@practice.example>: Recipient address rejected:\r\n    User unknown',
    returned: { type: 'text/rfc822-headers', text: headersOfMail },
    headers: [],
    more: [],
    ...change,
  };
  const { action, status, diagnostic, returned, headers, more } = parts;
  const recipient = [
    'Final-Recipient: rfc822; ann@practice.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Remote-MTA: dns; mx.practice.example',
    `Diagnostic-Code: ${diagnostic}`,
  ].join('\r\n');
  const groups = ['Reporting-MTA: dns; mail.csu.example\r\nArrival-Date: Mon, 23 Nov 2026 09:00:00 +0000', recipient];
  const bodies = [
    'Content-Type: text/plain; charset=us-ascii\r\n\r\nI am sorry to have to tell you …',
    `Content-Type: message/delivery-status\r\n\r\n${[...groups, ...more].join('\r\n\r\n')}\r\n`,
    ...(returned === null ? [] : [`Content-Type: ${returned.type}\r\n\r\n${returned.text}\r\n`]),
  ];
  return [
    'From: MAILER-DAEMON@mail.csu.example',
    'To: migrations@csu.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    'Message-ID: <report.1@mail.csu.example>',
    ...headers,
    '',
    ...bodies.map((body) => `--b\r\n${body}`),
    '--b--',
    '',
  ].join('\r\n');
}
