using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Leda.Harness.Simulator.Storage;

/// <summary>
/// The SQLite file: one table for each <see cref="StoredKind"/>. Not for several threads at a time.
/// </summary>
/// <remarks>
/// The write-ahead log with <c>synchronous=FULL</c> is synced at each commit: what is committed survives a kill and a power failure.
/// (With <c>NORMAL</c> a kill would lose nothing either, the log being in the system's cache by then, but a power failure could.)
/// The exclusive locking mode keeps other processes out; a killed one leaves nothing behind that would.
/// </remarks>
internal sealed class Database : IDisposable
{
    private const int ApplicationId = 0x4C656461; // "Leda"
    private const int Layout = 1;
    private const int Busy = 5;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private static readonly StoredKind[] _kinds = Enum.GetValues<StoredKind>();

    private readonly string _path;
    private readonly SqliteConnection _connection;

    private Database(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens the file, which is created when missing.</summary>
    /// <exception cref="StorageException">Another process has it open; it is not ours, or damaged; it cannot be written. It is left as it is.</exception>
    public static Database Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        var database = new Database(path, connection);
        try
        {
            database.Do(database.Prepare);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>All rows of a table.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public List<StoredRow> Read(StoredKind kind)
    {
        var rows = new List<StoredRow>();
        Do(() =>
        {
            using var command = Command($"SELECT id, revision, body FROM {Table(kind)}");
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add(new StoredRow(kind, reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        });
        return rows;
    }

    /// <summary>Writes rows, all or none; when it returns they survive whatever happens.</summary>
    /// <exception cref="StorageException">The file cannot be written; nothing of it was.</exception>
    public void Write(IEnumerable<StoredRow> rows) => Do(() =>
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var table in rows.GroupBy(r => (r.Kind, r.LeavesNothing)))
            Write(table.Key.Kind, table.Key.LeavesNothing, table, transaction);
        transaction.Commit();
    });

    /// <summary>Hands each row to who reads it.</summary>
    /// <exception cref="StorageException">One cannot be read.</exception>
    public void Restore(StoredKind kind, Action<StoredRow> read)
    {
        foreach (var row in Read(kind))
        {
            try
            {
                read(row);
            }
            catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw Damaged(row, e);
            }
        }
    }

    private StorageException Damaged(StoredRow row, Exception cause) => new(
        $"The file '{_path}' is damaged: '{row.Id}' in the table {Table(row.Kind)} cannot be read ({cause.Message}). Restore a copy of the file, or move it away to begin anew.", cause);

    public void Dispose() => _connection.Dispose();

    private static string Table(StoredKind kind) => kind switch
    {
        StoredKind.Things => "things",
        StoredKind.Policies => "policies",
        StoredKind.Tenants => "tenants",
        _ => "devices",
    };

    private void Write(StoredKind kind, bool delete, IEnumerable<StoredRow> rows, SqliteTransaction transaction)
    {
        using var command = Command(delete
            ? $"DELETE FROM {Table(kind)} WHERE id = $id"
            : $"INSERT INTO {Table(kind)} (id, revision, body) VALUES ($id, $revision, $body) ON CONFLICT (id) DO UPDATE SET revision = $revision, body = $body");
        command.Transaction = transaction;
        var id = command.Parameters.Add("$id", SqliteType.Text);
        var revision = command.Parameters.Add("$revision", SqliteType.Integer);
        var body = command.Parameters.Add("$body", SqliteType.Text);
        foreach (var row in rows)
        {
            (id.Value, revision.Value, body.Value) = (row.Id, row.Revision, (object?)row.Body ?? DBNull.Value);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Looks before it touches anything: nothing is written into a file that is not ours.</summary>
    private void Prepare()
    {
        _connection.Open();
        Run("PRAGMA locking_mode = EXCLUSIVE");
        var (application, layout) = (Number("PRAGMA application_id"), Number("PRAGMA user_version"));
        var isNew = application == 0 && Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != ApplicationId)
            throw new StorageException($"The file '{_path}' belongs to another program. Choose another directory, or move the file away.");
        if (layout > Layout)
            throw new StorageException($"The file '{_path}' was written by a newer version of the harness. Use that one, or move the file away.");
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        Run("BEGIN IMMEDIATE"); // the lock is held from here to the end
        if (isNew)
            Run($"{string.Concat(_kinds.Select(k => $"CREATE TABLE {Table(k)} (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, body TEXT); "))} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Layout}");
        Run("COMMIT");
        using var check = Command("PRAGMA quick_check(1)");
        if (check.ExecuteScalar() is string and not "ok")
            throw IsDamaged(null);
    }

    private StorageException IsDamaged(Exception? cause) => new(
        $"The file '{_path}' is damaged, or no database. Restore a copy of it, or move it away to begin anew.", cause);

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // every text comes from this class; values go as parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

    private void Do(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException e)
        {
            throw e.SqliteErrorCode switch
            {
                Busy => new StorageException($"The directory '{Path.GetDirectoryName(_path)}' is in use by another harness; give each its own.", e),
                Corrupt or NotADatabase => IsDamaged(e),
                _ => new StorageException($"The file '{_path}' cannot be used: {e.Message}. See whether the directory can be written and the disk has room.", e),
            };
        }
    }
}
