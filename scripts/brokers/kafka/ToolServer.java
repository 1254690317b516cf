// Runs Kafka's command-line tools inside one warm JVM, because each start of a JVM costs more than a second.
// Listens on the loopback interface; the shims that stand for the stock scripts are its clients.
//
// Request: NUL-terminated strings: secret, main class, count of arguments, arguments.
// Answer:  "<exit code> <length of standard output>\n", standard output, standard error.

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Exit;

public final class ToolServer {
  /** Thrown where a tool would end the JVM. */
  private static final class ToolExit extends Error {}

  /** A stream whose target changes by command: Scala's console keeps the stream that it saw first. */
  private static final class Switch extends OutputStream {
    private volatile OutputStream target = OutputStream.nullOutputStream();

    @Override
    public void write(int value) throws IOException {
      target.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
    }
  }

  private static final Switch OUT = new Switch();
  private static final Switch ERR = new Switch();
  private static Integer exitCode = null;

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    String secret = System.getenv("KAFKA_TOOLS_SECRET");
    System.setOut(new PrintStream(OUT, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(ERR, true, StandardCharsets.UTF_8));
    Exit.setExitProcedure(ToolServer::exit);
    Exit.setHaltProcedure(ToolServer::exit);
    try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"))) {
      while (true) {
        try (Socket socket = server.accept()) {
          answer(socket, secret);
        } catch (IOException ignored) {
          // The client has gone; the next one is served.
        }
      }
    }
  }

  private static void exit(int code, String message) {
    if (exitCode == null) {
      exitCode = code;
      // A real exit would end all output here; the tool's catch blocks may still print.
      OUT.target = OutputStream.nullOutputStream();
      ERR.target = OutputStream.nullOutputStream();
    }
    throw new ToolExit();
  }

  private static void answer(Socket socket, String secret) throws IOException {
    DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    if (!readString(in).equals(secret)) return;
    String tool = readString(in);
    String[] arguments = new String[Integer.parseInt(readString(in))];
    for (int i = 0; i < arguments.length; i++) arguments[i] = readString(in);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = run(tool, arguments, out, err);
    OutputStream reply = new java.io.BufferedOutputStream(socket.getOutputStream());
    reply.write((code + " " + out.size() + "\n").getBytes(StandardCharsets.UTF_8));
    out.writeTo(reply);
    err.writeTo(reply);
    reply.flush();
  }

  private static int run(String tool, String[] arguments, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    exitCode = null;
    OUT.target = out;
    ERR.target = err;
    try {
      Class.forName(tool).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException error) {
      // As the JVM does for an exception that leaves main: print it and end with 1.
      if (exitCode == null) {
        error.getCause().printStackTrace();
        exitCode = 1;
      }
    } catch (ReflectiveOperationException error) {
      error.printStackTrace();
      exitCode = 1;
    } finally {
      System.out.flush();
      System.err.flush();
      OUT.target = OutputStream.nullOutputStream();
      ERR.target = OutputStream.nullOutputStream();
    }
    return exitCode == null ? 0 : exitCode;
  }

  private static String readString(DataInputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int value = in.readUnsignedByte(); value != 0; value = in.readUnsignedByte()) bytes.write(value);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
