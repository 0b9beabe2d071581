import requests
from os import path
class A(object):
    def get(self, x):
        try:
            return requests.get("http://x" + x)
        except:
            pass
    async def b(self):
        cur.execute(f"SELECT * FROM t WHERE id={self.id}")

def main():
    return 1
