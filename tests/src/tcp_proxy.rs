//! A TCP proxy in front of a server: slow, late, cut now and then, with its traffic counted; and foreign answers on it.
//!
//! Unlike the rest of the harness it takes real time, for it carries what reqwest sends over sockets.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kept_core::SystemEnvironment;
use kept_core::environment::Environment;

/// Bytes that a slow line takes at once.
const PIECE: usize = 512;

/// The quality of a line. The default is one that does nothing to what it carries.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkQuality {
    /// Bytes a second, each way.
    pub bytes_a_second: Option<u64>,
    /// The time from one end to the other.
    pub latency: Duration,
    /// For how long the line holds until it is cut, and for how long it is then gone.
    pub cuts: Option<(Duration, Duration)>,
}

/// Something that happens to the next connection.
#[derive(Clone, Debug)]
pub enum ConnectionFault {
    /// The request arrives, and of the answer so many bytes.
    CutAnswer(usize),
    /// So many bytes of the request arrive.
    CutRequest(usize),
    /// No connection comes about.
    Refuse,
    /// Something else answers: these bytes.
    Foreign(Vec<u8>),
}

/// A line with its own address.
pub struct TcpProxy {
    address: SocketAddr,
    shared: Arc<ProxyState>,
}

struct ProxyState {
    server: SocketAddr,
    quality: Mutex<LinkQuality>,
    /// The instant when the quality began, in microseconds of the boot clock.
    since: Mutex<i64>,
    faults: Mutex<VecDeque<ConnectionFault>>,
    sockets: Mutex<Vec<TcpStream>>,
    directions: [Direction; 2],
    connections: AtomicU64,
    closed: AtomicBool,
}

/// One direction of the line.
#[derive(Default)]
struct Direction {
    /// The instant when the line is free again, in microseconds of the boot clock.
    free: Mutex<i64>,
    bytes: AtomicU64,
}

const UP: usize = 0;
const DOWN: usize = 1;

/// The traffic that a line has carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes to the server.
    pub up: u64,
    /// Bytes from the server.
    pub down: u64,
    /// Connections.
    pub connections: u64,
}

impl TcpProxy {
    /// A line in front of a server.
    pub fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(ProxyState {
            server,
            quality: Mutex::default(),
            since: Mutex::new(now_us()),
            faults: Mutex::default(),
            sockets: Mutex::default(),
            directions: Default::default(),
            connections: AtomicU64::new(0),
            closed: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if accepting.closed.load(Ordering::SeqCst) {
                    return;
                }
                if let Ok(stream) = stream {
                    accepting.clone().take(stream);
                }
            }
        });
        let cutting = Arc::clone(&shared);
        std::thread::spawn(move || cutting.cut_when_due());
        Self { address, shared }
    }

    /// The URL at which devices call it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address on which it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sets the quality of the line from now on. Its first cut comes after it has held for as long as it does.
    pub fn set(&self, quality: LinkQuality) {
        *lock(&self.shared.since) = now_us();
        *lock(&self.shared.quality) = quality;
    }

    /// Sets the faults of the next connections, one each.
    pub fn inject(&self, faults: impl IntoIterator<Item = ConnectionFault>) {
        lock(&self.shared.faults).extend(faults);
    }

    /// Nothing more happens to connections.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// The traffic that it has carried so far.
    pub fn traffic(&self) -> Traffic {
        let bytes = |direction: usize| {
            self.shared.directions[direction]
                .bytes
                .load(Ordering::SeqCst)
        };
        Traffic {
            up: bytes(UP),
            down: bytes(DOWN),
            connections: self.shared.connections.load(Ordering::SeqCst),
        }
    }
}

impl Drop for TcpProxy {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.cut();
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
    }
}

impl ProxyState {
    fn take(self: Arc<Self>, client: TcpStream) {
        let fault = lock(&self.faults).pop_front();
        self.connections.fetch_add(1, Ordering::SeqCst);
        match fault {
            Some(ConnectionFault::Refuse) => drop(client),
            Some(ConnectionFault::Foreign(answer)) => drop(std::thread::spawn(move || {
                read_request(&client);
                let _gone = (&client).write_all(&answer);
                let _gone = client.shutdown(Shutdown::Both);
            })),
            _ if self.is_cut() => drop(client),
            Some(ConnectionFault::CutRequest(bytes)) => self.relay(client, Some(bytes), None),
            Some(ConnectionFault::CutAnswer(bytes)) => self.relay(client, None, Some(bytes)),
            None => self.relay(client, None, None),
        }
    }

    fn relay(self: Arc<Self>, client: TcpStream, most_up: Option<usize>, most_down: Option<usize>) {
        let Ok(server) = TcpStream::connect(self.server) else {
            return;
        };
        for socket in [&client, &server] {
            let _ = socket.set_nodelay(true);
            lock(&self.sockets).extend(socket.try_clone());
        }
        let pair = |a: &TcpStream, b: &TcpStream| Some((a.try_clone().ok()?, b.try_clone().ok()?));
        let directions = [
            (UP, pair(&client, &server), most_up),
            (DOWN, pair(&server, &client), most_down),
        ];
        for (direction, pair, most) in directions {
            let Some((from, to)) = pair else { return };
            let line = Arc::clone(&self);
            std::thread::spawn(move || line.pump(direction, from, to, most));
        }
    }

    /// Takes bytes at the line's speed and hands them over when they have arrived.
    fn pump(&self, direction: usize, mut from: TcpStream, to: TcpStream, most: Option<usize>) {
        let (sent, arriving) = channel::<(i64, Vec<u8>)>();
        let target = to.try_clone();
        let delivering = std::thread::spawn(move || deliver(&arriving, target));
        let mut left = most.unwrap_or(usize::MAX);
        let mut buffer = [0; PIECE];
        while left > 0 {
            let room = left.min(PIECE);
            let count = match from.read(&mut buffer[..room]) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            left -= count;
            let quality = *lock(&self.quality);
            self.wait_for_turn(direction, count, quality.bytes_a_second);
            self.directions[direction]
                .bytes
                .fetch_add(count as u64, Ordering::SeqCst);
            let due = now_us() + in_us(quality.latency);
            if sent.send((due, buffer[..count].to_vec())).is_err() {
                break;
            }
        }
        drop(sent);
        let _ = delivering.join();
        let how = if left == 0 {
            Shutdown::Both
        } else {
            Shutdown::Write
        };
        let _gone = to.shutdown(how);
        if left == 0 {
            let _gone = from.shutdown(Shutdown::Both);
        }
    }

    fn wait_for_turn(&self, direction: usize, bytes: usize, bytes_a_second: Option<u64>) {
        let Some(rate) = bytes_a_second else { return };
        let took = i64::try_from(bytes as u64 * 1_000_000 / rate.max(1)).unwrap_or(i64::MAX);
        let free = {
            let mut free = lock(&self.directions[direction].free);
            *free = (*free).max(now_us()) + took;
            *free
        };
        pause_until(free);
    }

    /// True if the line is gone now.
    fn is_cut(&self) -> bool {
        let Some((holds, gone)) = lock(&self.quality).cuts else {
            return false;
        };
        let since = now_us() - *lock(&self.since);
        since.rem_euclid((in_us(holds) + in_us(gone)).max(1)) >= in_us(holds)
    }

    fn cut_when_due(&self) {
        let mut was = false;
        while !self.closed.load(Ordering::SeqCst) {
            let is = self.is_cut();
            if is && !was {
                self.cut();
            }
            was = is;
            pause_until(now_us() + 5_000);
        }
    }

    fn cut(&self) {
        for socket in lock(&self.sockets).drain(..) {
            let _gone = socket.shutdown(Shutdown::Both);
        }
    }
}

fn deliver(arriving: &Receiver<(i64, Vec<u8>)>, target: std::io::Result<TcpStream>) {
    let Ok(mut target) = target else { return };
    while let Ok((due, bytes)) = arriving.recv() {
        pause_until(due);
        if target.write_all(&bytes).is_err() {
            return;
        }
    }
}

/// Reads a request with its body, so that an answer does not meet a request that is still coming.
fn read_request(mut client: &TcpStream) {
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&seen).to_ascii_lowercase();
        if let Some(end) = text.find("\r\n\r\n") {
            let length = text.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.trim().parse::<usize>().ok());
            if seen.len() >= end + 4 + length.unwrap_or_default() {
                return;
            }
        }
        match client.read(&mut buffer) {
            Ok(count) if count > 0 => seen.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
}

/// An HTTP answer of something that is not a Kept server.
pub fn foreign_answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn now_us() -> i64 {
    SystemEnvironment.boot_ms() * 1_000
}

fn in_us(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

fn pause_until(due_us: i64) {
    let left = u64::try_from(due_us - now_us()).unwrap_or(0);
    if left >= 1_000 {
        std::thread::sleep(Duration::from_micros(left));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
