//go:build cluster

package engine

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// file writes a file that only its owner may read.
func file(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// certificate makes one for a host, signed by itself, and its key.
func certificate(t *testing.T, host string) (cert, key string) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	sheet := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, sheet, sheet, &private.PublicKey, private)
	require.NoError(t, err)
	secret, err := x509.MarshalECPrivateKey(private)
	require.NoError(t, err)
	block := func(kind string, b []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}))
	}
	return file(t, "crt", block("CERTIFICATE", der)), file(t, "key", block("EC PRIVATE KEY", secret))
}

// cluster starts a NATS server of somebody's own.
func cluster(t *testing.T, o server.Options) *server.Server {
	o.Host, o.JetStream, o.NoSigs, o.NoLog, o.JetStreamMaxMemory, o.JetStreamMaxStore = "127.0.0.1", true, true, true, 8<<20, 64<<20
	if o.Port == 0 {
		o.Port = server.RANDOM_PORT
	}
	if o.StoreDir == "" {
		o.StoreDir = t.TempDir()
	}
	s, err := server.NewServer(&o)
	require.NoError(t, err)
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	require.True(t, s.ReadyForConnections(10*time.Second))
	return s
}

// joins opens a bus and checks that all of it works.
func joins(t *testing.T, o Options) *natsBus {
	t.Helper()
	b := opens(t, o)
	works(t, b)
	return b
}

func opens(t *testing.T, o Options) *natsBus {
	t.Helper()
	o.School, o.Log = "1", slog.New(slog.DiscardHandler)
	bus, err := Open(o)
	require.NoError(t, err)
	t.Cleanup(bus.Close)
	return bus.(*natsBus)
}

func works(t *testing.T, b *natsBus) {
	t.Helper()
	_, rev, err := b.Load(t.Context())
	require.NoError(t, err)
	next, err := b.Store(t.Context(), []byte("me"), rev)
	require.NoError(t, err)
	_, err = b.Store(t.Context(), []byte("late"), rev)
	assert.ErrorIs(t, err, ErrMoved)
	value, rev, err := b.Load(t.Context())
	require.NoError(t, err)
	assert.Equal(t, next, rev)
	_, err = b.Store(t.Context(), []byte(`{"host":"jump2"}`), rev)
	require.NoError(t, err)
	host, err := Leader(t.Context(), b)
	require.NoError(t, err)
	assert.Equal(t, "jump2", host)
	assert.Equal(t, "me", string(value))
	_, err = b.Ask(t.Context(), "act.nobody", nil)
	assert.ErrorIs(t, err, ErrNobody)
}

// refused says why a bus cannot be opened.
func refused(t *testing.T, o Options) string {
	t.Helper()
	o.School, o.Log = "1", slog.New(slog.DiscardHandler)
	bus, err := Open(o)
	if !assert.Error(t, err) {
		bus.Close()
		return ""
	}
	return err.Error()
}

func TestTheEngineOverTLS(t *testing.T) {
	cert, key := certificate(t, "localhost")
	token := file(t, "token", "a long token")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	at := l.Addr().String()
	require.NoError(t, l.Close())
	_, port, _ := net.SplitHostPort(at)
	joins(t, Options{Listen: at, Credentials: token, Cert: cert, Key: key, Dir: t.TempDir()})
	url := "tls://localhost:" + port
	joins(t, Options{URL: url, Credentials: token, CA: cert})
	joins(t, Options{Listen: at, Beside: true, Credentials: token, Cert: cert})
	assert.Contains(t, refused(t, Options{URL: url, Credentials: token}), "name the file of who signed it in serve.engine_ca")
	assert.Contains(t, refused(t, Options{URL: "tls://" + at, Credentials: token, CA: cert}), "use a name of the host that the certificate has")
	wrong := refused(t, Options{URL: url, Credentials: file(t, "other", "another token"), CA: cert})
	assert.Contains(t, wrong, "does not take the credentials in")
	assert.NotContains(t, wrong, "another token")
	assert.Contains(t, refused(t, Options{URL: url, CA: cert}), "asks who connects: name a file")
	assert.Contains(t, refused(t, Options{Listen: "0.0.0.0:0", Credentials: token, Dir: t.TempDir()}), "takes a token (serve.engine_credentials) and TLS")
	open := file(t, "open", "a long token")
	require.NoError(t, os.Chmod(open, 0o644))
	assert.Contains(t, refused(t, Options{URL: url, Credentials: open, CA: cert}), "chmod 600 "+open)
	plain := cluster(t, server.Options{})
	assert.Contains(t, refused(t, Options{URL: fmt.Sprint("tls://localhost:", plain.Addr().(*net.TCPAddr).Port), CA: cert}), "does not speak TLS: give it a certificate")
}

// pair makes a key pair of NATS.
func pair(t *testing.T, kind nkeys.PrefixByte) (public string, seed string, both nkeys.KeyPair) {
	both, err := nkeys.CreatePair(kind)
	require.NoError(t, err)
	public, err = both.PublicKey()
	require.NoError(t, err)
	text, err := both.Seed()
	require.NoError(t, err)
	return public, string(text), both
}

func TestTheEngineWithAnNkey(t *testing.T) {
	public, seed, _ := pair(t, nkeys.PrefixByteUser)
	_, stranger, _ := pair(t, nkeys.PrefixByteUser)
	may := func(subjects ...string) *server.SubjectPermission { return &server.SubjectPermission{Allow: subjects} }
	s := cluster(t, server.Options{Nkeys: []*server.NkeyUser{{Nkey: public, Permissions: &server.Permissions{ // as docs/serve.md has them
		Publish: may("classtop.>", "$KV.>", "$JS.API.>", "_INBOX.>"), Subscribe: may("classtop.>", "_INBOX.>"),
	}}}})
	b := joins(t, Options{URL: s.ClientURL(), Credentials: file(t, "seed", seed+"\n")})
	_, err := b.Listen("act.me", func(data []byte, answer func([]byte)) { answer(append(data, '!')) })
	require.NoError(t, err)
	answer, err := b.Ask(t.Context(), "act.me", []byte("hear"))
	require.NoError(t, err)
	assert.Equal(t, "hear!", string(answer))
	_, err = b.Add(t.Context(), "A", []byte("one"), 0)
	require.NoError(t, err)
	_, err = b.Read(t.Context(), Cursor{}, 9, func(data []byte) { answer = data })
	require.NoError(t, err)
	assert.Equal(t, "one", string(answer))
	assert.Contains(t, refused(t, Options{URL: s.ClientURL(), Credentials: file(t, "stranger", stranger)}), "does not take the credentials in")
	broken := refused(t, Options{URL: s.ClientURL(), Credentials: file(t, "broken", seed[:30]+"22222222"+seed[38:])})
	assert.Contains(t, broken, "no seed of an nkey")
	assert.NotContains(t, broken, seed[:20])
}

// signed is what a NATS server believes.
func signed(t *testing.T, c jwt.Claims, by nkeys.KeyPair) string {
	text, err := c.Encode(by)
	require.NoError(t, err)
	return text
}

func TestTheEngineWithACredentialsFile(t *testing.T) {
	operator, _, opPair := pair(t, nkeys.PrefixByteOperator)
	system, _, _ := pair(t, nkeys.PrefixByteAccount)
	account, _, accPair := pair(t, nkeys.PrefixByteAccount)
	user, seed, _ := pair(t, nkeys.PrefixByteUser)
	own := jwt.NewAccountClaims(account)
	own.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: -1, DiskStorage: -1, Streams: -1, Consumer: -1}
	known := &server.MemAccResolver{}
	require.NoError(t, known.Store(account, signed(t, own, opPair)))
	require.NoError(t, known.Store(system, signed(t, jwt.NewAccountClaims(system), opPair)))
	s := cluster(t, server.Options{
		TrustedOperators: []*jwt.OperatorClaims{jwt.NewOperatorClaims(operator)}, SystemAccount: system, AccountResolver: known,
	})
	creds := func(name, token, seed string) string {
		text, err := jwt.FormatUserConfig(token, []byte(seed))
		require.NoError(t, err)
		return file(t, name, string(text))
	}
	good := signed(t, jwt.NewUserClaims(user), accPair)
	joins(t, Options{URL: s.ClientURL(), Credentials: creds("good", good, seed)})
	over := jwt.NewUserClaims(user)
	over.Expires = time.Now().Add(-time.Minute).Unix()
	assert.Contains(t, refused(t, Options{URL: s.ClientURL(), Credentials: creds("over", signed(t, over, accPair), seed)}), "the credentials in")
	_, _, strangePair := pair(t, nkeys.PrefixByteAccount)
	assert.Contains(t, refused(t, Options{URL: s.ClientURL(), Credentials: creds("stranger", signed(t, jwt.NewUserClaims(user), strangePair), seed)}), "does not take the credentials in")
	assert.Contains(t, refused(t, Options{URL: s.ClientURL(), Credentials: file(t, "half", "-----BEGIN NATS USER JWT-----\n"+good)}), "is not whole")
}

// A host that the server turned away for a while, or that began before the
// server, finds it by itself; what was listened to is heard again.
func TestTheEngineIsFoundAgain(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	o := server.Options{Port: l.Addr().(*net.TCPAddr).Port, StoreDir: t.TempDir(), Authorization: "right"}
	require.NoError(t, l.Close())
	token := file(t, "token", "right")
	b := opens(t, Options{URL: fmt.Sprint("nats://127.0.0.1:", o.Port), Credentials: token})
	heard := make(chan string, 100)
	_, err = b.Listen("poke", func(data []byte, _ func([]byte)) { heard <- string(data) })
	require.NoError(t, err)
	_, _, err = b.Load(t.Context())
	assert.Error(t, err)
	back := func(word string) {
		t.Helper()
		require.Eventually(t, func() bool { _, _, err := b.Load(t.Context()); return err == nil }, 20*time.Second, 20*time.Millisecond)
		works(t, b)
		require.NoError(t, b.Publish("poke", []byte(word)))
		assert.Equal(t, word, <-heard)
	}
	s := cluster(t, o)
	back("begun")
	place, err := b.Add(t.Context(), "A", []byte("one"), 0)
	require.NoError(t, err)
	s.Shutdown()
	s.WaitForShutdown()
	require.Eventually(t, func() bool { return !b.conn.IsConnected() }, 10*time.Second, 10*time.Millisecond)
	assert.Error(t, b.Publish("poke", []byte("lost")), "what cannot be sent is not sent later")
	wrong := o
	wrong.Authorization = "changed"
	turning := cluster(t, wrong)
	require.Eventually(t, func() bool {
		v, err := turning.Varz(nil)
		return err == nil && v.TotalConnections >= 3 // a client gives up after two, if it is not told otherwise
	}, 20*time.Second, 20*time.Millisecond)
	turning.Shutdown()
	turning.WaitForShutdown()
	cluster(t, o)
	back("again")
	data, at, err := b.Last(t.Context(), "A")
	require.NoError(t, err)
	assert.Equal(t, place, at)
	assert.Equal(t, "one", string(data))
}

// The stream takes each line once and in order, and is read from anywhere.
func TestTheStreamOfAuditLines(t *testing.T) {
	b := joins(t, Options{URL: cluster(t, server.Options{}).ClientURL()})
	places := map[string]uint64{}
	for i := range 1203 {
		name := []string{"A", "B"}[i%2]
		place, err := b.Add(t.Context(), name, fmt.Append(nil, i), places[name])
		require.NoError(t, err)
		places[name] = place
	}
	_, err := b.Add(t.Context(), "A", []byte("twice"), places["A"]-2)
	require.ErrorIs(t, err, ErrMoved)
	_, none, err := b.Last(t.Context(), "C")
	require.NoError(t, err)
	assert.Zero(t, none)
	read := func(from Cursor, most uint64) (got []string, next Cursor) {
		next, err := b.Read(t.Context(), from, most, func(data []byte) { got = append(got, string(data)) })
		require.NoError(t, err)
		return got, next
	}
	got, at := read(Cursor{}, 1<<62)
	require.Len(t, got, 1203)
	for i, text := range got {
		require.Equal(t, fmt.Sprint(i), text)
	}
	got, _ = read(at, 1<<62)
	assert.Empty(t, got)
	got, _ = read(Cursor{}, 3)
	assert.Equal(t, []string{"1200", "1201", "1202"}, got)
	_, err = b.Add(t.Context(), "A", []byte("new"), places["A"])
	require.NoError(t, err)
	got, at = read(at, 1<<62)
	assert.Equal(t, []string{"new"}, got)
	require.NoError(t, b.js.DeleteStream(t.Context(), "classtop_1_audit"))
	_, err = b.Read(t.Context(), at, 9, func([]byte) {})
	assert.Error(t, err)
	_, err = b.Add(t.Context(), "B", []byte("after"), 0)
	require.NoError(t, err)
	got, _ = read(at, 9)
	assert.Equal(t, []string{"after"}, got, "a new stream is read from its beginning")
}

// Who waits for the stream does not keep the lease waiting: the host would lose
// it, and nobody would poll.
func TestTheLeaseDoesNotWaitForTheStream(t *testing.T) {
	b := opens(t, Options{URL: cluster(t, server.Options{}).ClientURL()})
	waits, over := make(chan struct{}), make(chan struct{})
	defer close(over)
	go func() {
		_, _ = b.trail.get(func() (jetstream.Stream, error) {
			close(waits)
			<-over
			return nil, errAway
		})
	}()
	<-waits
	_, rev, err := b.Load(t.Context())
	require.NoError(t, err)
	_, err = b.Store(t.Context(), []byte("me"), rev)
	require.NoError(t, err)
}

// Where three NATS servers are named, lease and audit lines are kept on all of
// them: one can go.
func TestTheEngineOnThreeServers(t *testing.T) {
	free := func() int {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		return l.Addr().(*net.TCPAddr).Port
	}
	ports := []int{free(), free(), free()}
	var routes []*url.URL
	for _, p := range ports {
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprint("127.0.0.1:", p)})
	}
	var servers []*server.Server
	var urls []string
	for i, p := range ports {
		s := cluster(t, server.Options{ServerName: fmt.Sprint("n", i), Routes: routes, Cluster: server.ClusterOpts{Name: "school", Host: "127.0.0.1", Port: p}})
		servers, urls = append(servers, s), append(urls, s.ClientURL())
	}
	b := opens(t, Options{URL: strings.Join(urls, ",")})
	holds := func() bool {
		_, rev, err := b.Load(t.Context())
		if err == nil {
			_, err = b.Store(t.Context(), []byte("me"), rev)
		}
		return err == nil
	}
	require.Eventually(t, func() bool {
		return servers[0].JetStreamIsLeader() || servers[1].JetStreamIsLeader() || servers[2].JetStreamIsLeader()
	}, time.Minute, 20*time.Millisecond)
	require.Eventually(t, holds, time.Minute, 50*time.Millisecond)
	place, err := b.Add(t.Context(), "A", []byte("one"), 0)
	require.NoError(t, err)
	_, err = b.Add(t.Context(), "A", []byte("two"), 0)
	require.ErrorIs(t, err, ErrMoved, "a cluster has a word of its own for it")
	s, err := b.stream(t.Context())
	require.NoError(t, err)
	info, err := s.Info(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 3, info.Config.Replicas)
	for _, s := range servers {
		if s.Name() == info.Cluster.Leader {
			s.Shutdown()
		}
	}
	require.Eventually(t, holds, time.Minute, 50*time.Millisecond)
	require.Eventually(t, func() bool { _, at, err := b.Last(t.Context(), "A"); return err == nil && at == place }, time.Minute, 50*time.Millisecond)
}
