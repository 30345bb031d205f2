// What the same machine does when nothing is done with a page view: fastify reads the body as text and answers 202.
import fastify from 'fastify';

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
app.post('/collect', (_request, reply) => reply.status(202).send());
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
console.log('ready');
