//go:build unix

package main

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// colours counts the colours of pictures.
type colours map[color.NRGBA]int

func (c colours) add(m image.Image) {
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c[at(m, x, y)]++
		}
	}
}

func at(m image.Image, x, y int) color.NRGBA {
	if n, ok := m.(*image.NRGBA); ok {
		return n.NRGBAAt(x, y)
	}
	return color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
}

// inks is a palette with the place in it of every colour that was counted.
type inks struct {
	palette color.Palette
	place   map[color.NRGBA]uint8
}

// palette chooses at most n colours. A terminal has few, with the shades
// between text and background around each letter: the most used stay as they
// are if they differ visibly, every other becomes its nearest.
func (c colours) palette(n int) inks {
	all := make([]color.NRGBA, 0, len(c))
	for k := range c {
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b color.NRGBA) int {
		return cmp.Or(cmp.Compare(c[b], c[a]), cmp.Compare(rgba(a), rgba(b)))
	})
	var chosen []color.NRGBA
	for apart := 0; ; apart += 8 {
		if chosen = distinct(all, apart); len(chosen) <= n {
			break
		}
	}
	out := inks{place: make(map[color.NRGBA]uint8, len(all))}
	for _, k := range chosen {
		out.palette = append(out.palette, k)
	}
	for _, k := range all {
		out.place[k] = uint8(nearest(chosen, k))
	}
	return out
}

// distinct are the colours that are farther than apart from all before them.
func distinct(all []color.NRGBA, apart int) []color.NRGBA {
	var out []color.NRGBA
	for _, k := range all {
		if len(out) == 0 || distance(out[nearest(out, k)], k) > apart {
			out = append(out, k)
		}
	}
	return out
}

func nearest(from []color.NRGBA, k color.NRGBA) int {
	best, least := 0, -1
	for i, f := range from {
		if d := distance(f, k); least < 0 || d < least {
			best, least = i, d
		}
	}
	return best
}

// distance is the square of how far two colours are apart.
func distance(a, b color.NRGBA) int {
	r, g, u, t := int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B), int(a.A)-int(b.A)
	return 2*r*r + 4*g*g + 3*u*u + 4*t*t
}

func rgba(k color.NRGBA) uint32 {
	return uint32(k.R)<<24 | uint32(k.G)<<16 | uint32(k.B)<<8 | uint32(k.A)
}

// paint draws a picture with the colours of the palette only.
func (i inks) paint(m image.Image) *image.Paletted {
	b := m.Bounds()
	out := image.NewPaletted(b, i.palette)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.Pix[out.PixOffset(x, y)] = i.place[at(m, x, y)]
		}
	}
	return out
}
