package a.b;
import java.util.List;
/** doc { */
public final class Foo {
  private static final String PASSWORD = "hunter22";
  // TODO fix
  public List<String> load(String id,
      int n) throws Exception {
    try {
      var q = "select * from t where id=" + id;
      run(q);
    } catch (Exception e) {
      // ignore
    }
    while (true) {
      try { connect(); } catch (IOException e) { Thread.sleep(10); }
    }
  }
  int size() { return 1; }
  record P(int a) {}
}
