using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Registry;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Storage;

/// <summary>
/// Keeps twins, policies and the device registry in a file, across restarts. It is told of changes as they happen and never holds them up:
/// what waits to be written is the latest state of each thing, policy, tenant and device, so it cannot become more than there is. All that
/// has come together goes into one commit (<see cref="FlushedAsync"/> tells when), so that many writers share one sync of the disk.
/// </summary>
/// <remarks>Real input and output on a thread of its own: not for virtual worlds.</remarks>
public sealed class CloudStorage : IAsyncDisposable
{
    private readonly Database _database;
    private readonly ThingStore _things;
    private readonly Action<string> _log;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly Task _writing;
    private Dictionary<(StoredKind, string), Func<StoredRow>> _pending = [];
    private TaskCompletionSource _next = NewSource();
    private Task _current = Task.CompletedTask;
    private bool _closing;
    private bool _isClosed;
    private bool _hasLost;
    private bool _isFailing;

    private CloudStorage(Database database, ThingStore things, Action<string> log)
    {
        _database = database;
        _things = things;
        _log = log;
        _writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many things, policies, tenants and devices have changes that are not on disk yet.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
                return _pending.Count;
        }
    }

    /// <summary>Opens the file, puts back what it holds, and from then on keeps what changes.</summary>
    /// <param name="path">The file; it is created when missing.</param>
    /// <param name="things">The twins, none yet.</param>
    /// <param name="policies">The policies, none yet.</param>
    /// <param name="registry">The device registry, empty yet.</param>
    /// <param name="log">Takes a line for people when the file cannot be written any more, and when it can again. May be called from another thread.</param>
    /// <exception cref="StorageException">Another process uses the file; it is not ours, or damaged; or it cannot be written. It is left as it is.</exception>
    public static CloudStorage Open(string path, ThingStore things, PolicyStore policies, DeviceRegistry registry, Action<string> log)
    {
        var database = Database.Open(path);
        try
        {
            ThingRow.Restore(database, things);
            PolicyRow.Restore(database, policies);
            RegistryRow.Restore(database, registry);
        }
        catch
        {
            database.Dispose();
            throw;
        }

        var storage = new CloudStorage(database, things, log);
        things.Observe(change => storage.Put(StoredKind.Things, change.Topic.ThingId.ToString(), () => ThingRow.Of(change)));
        policies.Observe(change =>
        {
            var (id, revision) = ((change.After ?? change.Before!).Id, policies.LastRevision((change.After ?? change.Before!).Id));
            storage.Put(StoredKind.Policies, id.ToString(), () => PolicyRow.Of(id, revision, change.After));
        });
        registry.Observe(change => storage.Put(RegistryRow.KindOf(change), RegistryRow.KeyOf(change), () => RegistryRow.Of(change)));
        return storage;
    }

    /// <summary>Completes when every change that was told before survives whatever happens to the process.</summary>
    /// <exception cref="StorageException">It could not be written. It stays pending, and the next one to ask has it tried again; or it came after
    /// the file was closed.</exception>
    public Task FlushedAsync()
    {
        lock (_gate)
        {
            if (_hasLost)
                return Task.FromException(Closed());
            if (_pending.Count == 0)
                return _current;
            if (!_isClosed)
                _work.Set();
            return _next.Task;
        }
    }

    /// <summary>Writes what is pending and closes the file.</summary>
    /// <exception cref="StorageException">The rest could not be written.</exception>
    public async ValueTask DisposeAsync()
    {
        Task rest;
        lock (_gate)
        {
            if (_closing)
                return;
            rest = FlushedAsync();
            _closing = true;
        }

        _work.Set();
        await _writing;
        _database.Dispose();
        _work.Dispose();
        await rest;
    }

    private static StorageException Closed() => new("The harness is stopping: its database is closed already.");

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Put(StoredKind kind, string id, Func<StoredRow> row)
    {
        lock (_gate)
        {
            _hasLost |= _closing;
            if (_closing)
                return;
            _pending[(kind, id)] = row;
            _work.Set();
        }
    }

    private void WriteAll()
    {
        while (true)
        {
            _work.WaitOne();
            bool last;
            lock (_gate)
                last = _closing;
            WritePending();
            if (last)
            {
                Close();
                return;
            }
        }
    }

    /// <summary>What is still pending stays so: whoever waits for it is told.</summary>
    private void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _hasLost |= _pending.Count > 0;
            _next.SetException(Closed());
            _ = _next.Task.Exception; // nobody may be waiting for it
        }
    }

    private void WritePending()
    {
        Dictionary<(StoredKind, string), Func<StoredRow>> rows = [];
        TaskCompletionSource done = _next;
        _things.BetweenChanges(() => // a new thing and its policy go together
        {
            lock (_gate)
            {
                if (_pending.Count == 0)
                    return;
                (rows, _pending) = (_pending, []);
                (done, _next) = (_next, NewSource());
                _current = done.Task;
            }
        });
        if (rows.Count == 0)
            return;
        try
        {
            _database.Write(rows.Values.Select(row => row()));
            done.SetResult();
            Say(false, "The cloud's changes are on disk again.");
        }
        catch (Exception e)
        {
            Keep(rows);
            done.SetException(e);
            _ = done.Task.Exception; // nobody may be waiting for it
            Say(true, $"{e.Message} What changes is kept in memory until it can be written.");
        }
    }

    private void Say(bool isFailing, string line)
    {
        if (isFailing == _isFailing)
            return;
        _isFailing = isFailing;
        try
        {
            _log(line);
        }
        catch (Exception)
        {
            // who listens has a defect; the changes of all others are kept all the same
        }
    }

    /// <summary>Puts back what could not be written, unless there is something newer.</summary>
    private void Keep(Dictionary<(StoredKind, string), Func<StoredRow>> rows)
    {
        lock (_gate)
        {
            foreach (var (key, row) in rows)
                _pending.TryAdd(key, row);
            _current = Task.CompletedTask;
        }
    }
}
