import { x } from './y';
export interface Foo { a: string }
export const load = async (a: string) => {
  try { await fetch(`http://a/${a}`); } catch (e) {}
};
function bar(a) { return db.query(`select * from t where a = ${a}`); }
class K {
  async run(a: number): Promise<void> {
    return;
  }
}
