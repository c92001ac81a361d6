import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** A servlet in an embedded Jetty, whose HttpSession is in memory where nothing else is configured. */
public class Shop extends HttpServlet {
  public static void main(String[] args) throws Exception {
    var server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))));
    var context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.addServlet(Shop.class, "/");
    server.setHandler(context);
    server.start();
    server.join();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(request.getSession(false), response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getServletPath().equals("/login")) {
      var session = request.getSession();
      request.changeSessionId();
      session.setAttribute("user", request.getParameter("username"));
      session.setAttribute("cart", new ArrayList<String>());
    }
    var session = request.getSession(false);
    if (session != null && request.getServletPath().equals("/cart")) cartOf(session).add(request.getParameter("item"));
    if (session != null && request.getServletPath().equals("/logout")) {
      session.invalidate();
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else answer(session, response);
  }

  private static void answer(HttpSession session, HttpServletResponse response) throws IOException {
    response.setContentType("text/plain;charset=utf-8");
    if (session == null) response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    else response.getWriter().println("Cart of " + session.getAttribute("user") + ": " + String.join(", ", cartOf(session)));
  }

  @SuppressWarnings("unchecked")
  private static List<String> cartOf(HttpSession session) {
    return (List<String>) session.getAttribute("cart");
  }
}
