//go:build unix

package main

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shaded is a picture with every shade of two colours.
func shaded() *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 256, 4))
	for x := range 256 {
		for y := range 4 {
			m.SetNRGBA(x, y, color.NRGBA{R: uint8(x), G: uint8(x * (y % 2)), A: 255})
		}
	}
	return m
}

func TestAPaletteIsSmallAndNear(t *testing.T) {
	m, used := shaded(), colours{}
	used.add(m)
	assert.Len(t, used, 511)
	ink := used.palette(64)
	assert.LessOrEqual(t, len(ink.palette), 64)
	p := ink.paint(m)
	for x := range 256 {
		for y := range 4 {
			assert.Less(t, distance(at(m, x, y), at(p, x, y)), 700, "%d,%d", x, y)
		}
	}
	few := colours{color.NRGBA{A: 255}: 5, color.NRGBA{R: 1, A: 255}: 1}
	assert.Len(t, few.palette(2).palette, 2, "what fits stays as it is")
}

func TestAFilmHoldsOnlyWhatChanges(t *testing.T) {
	one, two := shaded(), shaded()
	one.SetNRGBA(0, 0, color.NRGBA{})
	two.SetNRGBA(0, 0, color.NRGBA{})
	two.SetNRGBA(7, 2, color.NRGBA{B: 255, A: 255})
	data, err := film([]picture{
		{shot{hold: time.Second}, one}, {shot{hold: time.Second}, one}, {shot{hold: 500 * time.Millisecond}, two},
	})
	require.NoError(t, err)
	g, err := gif.DecodeAll(bytes.NewReader(data))
	require.NoError(t, err)
	assert.Equal(t, []int{200, 50}, g.Delay, "a frame that changes nothing makes the one before longer")
	assert.Equal(t, image.Rect(7, 2, 8, 3), g.Image[1].Bounds())
	r, _, b, _ := g.Image[1].At(7, 2).RGBA()
	assert.Less(t, r, b)

	three := shaded()
	three.SetNRGBA(3, 0, color.NRGBA{B: 255, A: 255})
	three.SetNRGBA(9, 0, color.NRGBA{B: 255, A: 255})
	data, err = film([]picture{{image: one}, {image: three}})
	require.NoError(t, err)
	g, err = gif.DecodeAll(bytes.NewReader(data))
	require.NoError(t, err)
	_, _, _, seen := g.Image[1].At(5, 0).RGBA()
	assert.Zero(t, seen, "what stays lets the frame before through")
}
