//go:build unix

package main

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"time"
)

// still is a picture as a PNG of at most 256 colours.
func still(m image.Image) ([]byte, error) {
	all := colours{}
	all.add(m)
	var out bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, all.palette(256).paint(m))
	return out.Bytes(), err
}

// shades are the colours of a film: with more of them it grows by half, and
// looks the same.
const shades = 40

// film is a moving picture as a GIF that goes on for ever. Each frame holds
// only what changed.
func film(all []picture) ([]byte, error) {
	used := colours{}
	for _, p := range all {
		used.add(solid(p.image))
	}
	used[color.NRGBA{}]++ // what stays as it was, and outside the corners
	ink := used.palette(shades)
	blank := ink.place[color.NRGBA{}]
	movie := &gif.GIF{Config: image.Config{ColorModel: ink.palette, Width: all[0].image.Bounds().Dx(), Height: all[0].image.Bounds().Dy()}}
	var before *image.Paletted
	for _, p := range all {
		now := ink.paint(solid(p.image))
		delay := int(p.hold / (10 * time.Millisecond))
		changed := now
		if before != nil {
			changed = difference(before, now, blank)
		}
		before = now
		if changed.Rect.Empty() { // nothing moved: the frame before stays longer
			movie.Delay[len(movie.Delay)-1] += delay
			continue
		}
		movie.Image, movie.Delay = append(movie.Image, changed), append(movie.Delay, delay)
		movie.Disposal = append(movie.Disposal, gif.DisposalNone)
	}
	var out bytes.Buffer
	err := gif.EncodeAll(&out, movie)
	return out.Bytes(), err
}

// solid makes each point opaque or fully transparent, as a GIF must have it.
func solid(m image.Image) image.Image {
	b := m.Bounds()
	out := image.NewNRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if k := at(m, x, y); k.A >= 128 {
				k.A = 255
				out.SetNRGBA(x, y, k)
			}
		}
	}
	return out
}

// difference is the part of a frame that is not as it was before; blank where
// it is.
func difference(before, now *image.Paletted, blank uint8) *image.Paletted {
	var part image.Rectangle
	for y := now.Rect.Min.Y; y < now.Rect.Max.Y; y++ {
		for x := now.Rect.Min.X; x < now.Rect.Max.X; x++ {
			if now.Pix[now.PixOffset(x, y)] != before.Pix[before.PixOffset(x, y)] {
				part = part.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	out := image.NewPaletted(part, now.Palette)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			k := now.Pix[now.PixOffset(x, y)]
			if k == before.Pix[before.PixOffset(x, y)] {
				k = blank
			}
			out.Pix[out.PixOffset(x, y)] = k
		}
	}
	return out
}
