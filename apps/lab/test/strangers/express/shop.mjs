import express from 'express';
import session from 'express-session';
import morgan from 'morgan';

// A login and a cart, as the example of express-session's README keeps them; any password will do, as there.

/** @param store where sessions are; in memory where none is given */
export function listen(store) {
  const app = express();
  app.use(morgan('combined'));
  app.use(express.urlencoded({ extended: false }));
  app.use(session({ store, secret: 'keyboard cat', resave: false, saveUninitialized: false }));

  app.get('/login', (_, response) => {
    response.send('<form method="post"><input name="username"><input name="password" type="password"></form>');
  });
  app.post('/login', (request, response, next) => {
    request.session.regenerate((error) => {
      if (error) return next(error);
      Object.assign(request.session, { user: request.body.username, cart: [] });
      // The page behind it may be asked for before it is stored.
      request.session.save((failed) => (failed ? next(failed) : response.redirect('/')));
    });
  });
  app.use((request, response, next) => (request.session.user ? next() : response.redirect('/login')));
  app.get('/', ({ session: { user } }, response) => {
    response.send(`<h1>Hello, ${escaped(user)}!</h1><a href="/cart">Your cart</a>`);
  });
  app.get('/cart', ({ session: { cart } }, response) => {
    response.send(`<ul>${cart.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`);
  });
  app.post('/cart', ({ session: { cart }, body }, response) => {
    cart.push(body.item);
    response.redirect('/cart');
  });
  app.post('/logout', ({ session: ended }, response, next) => {
    ended.destroy((error) => (error ? next(error) : response.redirect('/login')));
  });
  app.listen(process.env.PORT, process.env.LISTEN_AT ?? '127.0.0.1');
}

function escaped(text) {
  return String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
