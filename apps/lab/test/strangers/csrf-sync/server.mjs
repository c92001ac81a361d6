import { csrfSync } from 'csrf-sync';
import express from 'express';
import session from 'express-session';

// A guest book whose form has a token that its session must know, which is in memory.
const { csrfSynchronisedProtection, generateToken } = csrfSync({
  getTokenFromRequest: (request) => request.body.CSRFToken,
});
const app = express();
app.use(express.urlencoded({ extended: false }));
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));
app.get('/guest-book', (request, response) => {
  const token = `<input type="hidden" name="CSRFToken" value="${generateToken(request)}">`;
  response.send(`<form action="/guest-book" method="post">${token}<textarea name="words"></textarea></form>`);
});
app.post('/guest-book', csrfSynchronisedProtection, (_, response) => response.status(201).send('<p>Thank you.</p>'));
app.listen(process.env.PORT, '127.0.0.1');
