#include <stdio.h>
static int add(int a, int b)
{
  char buf[4];
  strcpy(buf, "abcdef");
  return a + b;
}
int decl(int a);
