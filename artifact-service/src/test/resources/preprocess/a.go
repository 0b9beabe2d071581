package main
import (
	"fmt"
	"net/http"
)
type S struct {
	a int
}
func (s *S) Do(x int) error {
	_, err := http.Get("x")
	v, _ := strconv.Atoi("1")
	for {
		if err := connect(); err != nil { time.Sleep(1) }
	}
}
