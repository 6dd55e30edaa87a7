//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"classtop/bench/table"
	"classtop/bench/term"
)

// workshop is a folder with the programs to measure.
type workshop struct{ dir string }

// build compiles a package of this module or, as "..", the program itself as
// it is shipped. It returns the file.
func (w workshop) build(pkg, name string) (string, error) {
	out := filepath.Join(w.dir, name)
	_, err := goRun(".", "build", "-trimpath", "-ldflags", "-s -w", "-o", out, pkg)
	return out, err
}

func open() (workshop, func(), error) {
	dir, err := os.MkdirTemp("", "classtop-bench")
	return workshop{dir}, func() { _ = os.RemoveAll(dir) }, err
}

// openDesk is a workshop with the screen of a class that feeds itself.
func openDesk() (w workshop, desk string, clean func(), err error) {
	w, clean, err = open()
	if err != nil {
		return w, "", nil, err
	}
	desk, err = w.build("./desk", "desk")
	if err != nil {
		clean()
	}
	return w, desk, clean, err
}

// program compiles classtop.
func (w workshop) program() (string, error) {
	out := filepath.Join(w.dir, "classtop")
	_, err := goRun("..", "build", "-trimpath", "-ldflags", "-s -w", "-o", out, ".")
	return out, err
}

// keys measures from a key to the bytes that show it, while new lists of the
// members come in.
func keys(t *table.Table) error {
	w, desk, clean, err := openDesk()
	if err != nil {
		return err
	}
	defer clean()
	d, err := term.Run(w.dir, 120, 40, desk, "-every", "250ms")
	if err != nil {
		return err
	}
	defer d.End()
	if err := enter(d); err != nil {
		return err
	}
	took, err := moveCursor(d, 200)
	if err != nil {
		return err
	}
	mid, late := percentile(took, 0.5), percentile(took, 0.99)
	t.Add(mid < 13 && late < 25, table.Row{What: "key to changed bytes, 10000 members, updates running", Target: "median 13 ms, p99 25 ms",
		Measured: fmt.Sprintf("%.1f ms, p99 %.1f ms", mid, late)})
	return nil
}

// position is where the cursor is in the table, such as 1/40.
func position(d *term.Desk) string {
	words := strings.Fields(d.Line(-2))
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// enter goes into the first class, to its members.
func enter(d *term.Desk) error {
	if _, err := d.Until("the rooms", func() bool { return strings.HasPrefix(position(d), "1/") }); err != nil {
		return err
	}
	first := position(d)
	if err := d.Type("\r"); err != nil {
		return err
	}
	_, err := d.Until("the members", func() bool { return position(d) != first && strings.HasPrefix(position(d), "1/") })
	return err
}

// moveCursor moves down and up, and returns how many milliseconds each step
// took to show.
func moveCursor(d *term.Desk, steps int) ([]float64, error) {
	time.Sleep(time.Second)
	random, took := rand.New(rand.NewPCG(1, 2)), []float64{}
	for i := range steps {
		time.Sleep(20*time.Millisecond + time.Duration(random.Int64N(int64(40*time.Millisecond))))
		want, key := "2/", "j"
		if i%2 == 1 {
			want, key = "1/", "k"
		}
		pressed := time.Now()
		if err := d.Type(key); err != nil {
			return nil, err
		}
		shown, err := d.Until("the cursor moving", func() bool { return strings.HasPrefix(position(d), want) })
		if err != nil {
			return nil, err
		}
		took = append(took, float64(shown.Sub(pressed))/float64(time.Millisecond))
	}
	return took, nil
}

// idle measures a dashboard to which nothing happens.
func idle(t *table.Table) error {
	w, desk, clean, err := openDesk()
	if err != nil {
		return err
	}
	defer clean()
	d, err := term.Run(w.dir, 120, 40, desk)
	if err != nil {
		return err
	}
	defer d.End()
	if _, err := d.Until("the rooms", func() bool { return strings.Contains(d.Line(0), "live") }); err != nil {
		return err
	}
	time.Sleep(3 * time.Second)
	sent, cpu := d.Sent(), d.CPU()
	time.Sleep(10 * time.Second)
	used := 100 * (d.CPU() - cpu).Seconds() / 10
	t.Add(d.Sent() == sent, table.Row{What: "bytes in 10 s when nothing changes", Target: "0", Measured: fmt.Sprint(d.Sent() - sent)})
	t.Add(used < 0.5, table.Row{What: "processor then", Target: "under 0.5 % of a core", Measured: fmt.Sprintf("%.2f %%", used)})
	return nil
}

// begin measures the start of the demo: to the first frame and to the first
// class on it, in milliseconds.
func begin(w workshop, program string, args ...string) (frame, school float64, err error) {
	d, err := term.Run(w.dir, 120, 40, program, append([]string{"--demo"}, args...)...)
	if err != nil {
		return 0, 0, err
	}
	defer d.End()
	at, err := d.Until("a footer", func() bool { return strings.Contains(d.Line(-1), "help") })
	if err != nil {
		return 0, 0, err
	}
	frame = float64(at.Sub(d.Started)) / float64(time.Millisecond)
	at, err = d.Until("a class", func() bool { return strings.Contains(d.Line(-2), "1/") })
	return frame, float64(at.Sub(d.Started)) / float64(time.Millisecond), err
}

// start measures what one pays to begin and to stay.
func start(t *table.Table) error {
	w, clean, err := open()
	if err != nil {
		return err
	}
	defer clean()
	program, err := w.program()
	if err != nil {
		return err
	}
	var frames, schools []float64
	for range 15 {
		frame, school, err := begin(w, program)
		if err != nil {
			return err
		}
		frames, schools = append(frames, frame), append(schools, school)
	}
	t.Add(median(frames) < 50, table.Row{What: "start to first frame, demo", Target: "under 50 ms",
		Measured: fmt.Sprintf("%.0f ms, p90 %.0f ms", median(frames), percentile(frames, 0.9))})
	t.Note(table.Row{What: "start to the first class on the screen, demo", Measured: fmt.Sprintf("%.0f ms", median(schools))})
	info, err := os.Stat(program)
	if err != nil {
		return err
	}
	t.Add(info.Size() < 20<<20, table.Row{What: "binary, stripped", Target: "under 20 MiB", Measured: fmt.Sprintf("%.1f MiB", float64(info.Size())/(1<<20))})
	return resident(t, w, program, "resident memory of the demo after 10 s", 10*time.Second)
}

// resident adds the row of the memory after a while.
func resident(t *table.Table, w workshop, program, what string, while time.Duration, args ...string) error {
	d, err := term.Run(w.dir, 120, 40, program, append([]string{"--demo"}, args...)...)
	if err != nil {
		return err
	}
	defer d.End()
	time.Sleep(while)
	cpu := d.CPU()
	time.Sleep(5 * time.Second)
	all, own := d.Resident()
	row := table.Row{What: what, Target: "under 40 MiB", Measured: fmt.Sprintf("%.1f MiB, of which %.1f are not the binary's pages", all, own)}
	if len(args) > 0 {
		row.Target = ""
		t.Note(row)
		t.Note(table.Row{What: "processor then, simulator included", Measured: fmt.Sprintf("%.1f %%", 100*(d.CPU()-cpu).Seconds()/5)})
		return nil
	}
	t.Add(all < 40, row)
	return nil
}

// scale measures a whole country: 5,000 rooms and 200,000 members, with the
// simulator in the same process.
func scale(t *table.Table) error {
	w, clean, err := open()
	if err != nil {
		return err
	}
	defer clean()
	program, err := w.program()
	if err != nil {
		return err
	}
	args := []string{"--rooms", "5000", "--members", "40"}
	frame, school, err := begin(w, program, args...)
	if err != nil {
		return err
	}
	t.Note(table.Row{What: "5000 rooms, 200000 members: start to first frame", Measured: fmt.Sprintf("%.0f ms", frame)})
	t.Note(table.Row{What: "the same: to the first class on the screen", Measured: fmt.Sprintf("%.0f ms", school)})
	if err := scaleKeys(t, w, program, args); err != nil {
		return err
	}
	return resident(t, w, program, "the same: resident memory, simulator included", 10*time.Second, args...)
}

// scaleKeys moves the cursor in the list of the 5,000 while they are polled.
func scaleKeys(t *table.Table, w workshop, program string, args []string) error {
	d, err := term.Run(w.dir, 120, 40, program, append([]string{"--demo"}, args...)...)
	if err != nil {
		return err
	}
	defer d.End()
	if _, err := d.Until("a class", func() bool { return strings.HasPrefix(position(d), "1/") }); err != nil {
		return err
	}
	whole, err := d.Until("the whole list", func() bool {
		_, of, _ := strings.Cut(position(d), "/")
		n, _ := strconv.Atoi(of)
		return n >= 5000 && !strings.Contains(d.Line(1), "so far")
	})
	if err != nil {
		return err
	}
	t.Note(table.Row{What: "the same: to the whole list of them, 10 calls a second", Measured: fmt.Sprintf("%.0f ms", float64(whole.Sub(d.Started))/float64(time.Millisecond))})
	took, err := moveCursor(d, 100)
	if err != nil {
		return err
	}
	t.Note(table.Row{What: "the same: key to changed bytes", Measured: fmt.Sprintf("%.1f ms, p99 %.1f ms", percentile(took, 0.5), percentile(took, 0.99))})
	return nil
}
