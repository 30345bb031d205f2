// What a mail provider does, and how a message is written for the wire.
import MailComposer from 'nodemailer/lib/mail-composer';

export interface OutgoingMail {
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** the server is ready for the body; when it throws nothing leaves */
  onBody?: () => Promise<void>;
}

export interface MailSender {
  /** who mail comes from, and the server's name, for screens */
  from: string;
  host: string;
  /** Resolves with the server's own words once it has taken the message. Throws SmtpError. */
  send(mail: OutgoingMail): Promise<string>;
}

/** The id makes the Message-ID, the same on every try, so that receivers can see a double. */
export function compose(mail: OutgoingMail, from: { name: string; address: string }): Promise<Buffer> {
  const domain = from.address.split('@')[1] ?? 'localhost';
  const composer = new MailComposer({
    from: from.name === '' ? from.address : { name: from.name, address: from.address },
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  return composer.compile().build();
}
