using System.Runtime.InteropServices;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>What Linux can do and .NET cannot.</summary>
internal static partial class LibC
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const short In = 1;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int Current = -100;
    public const int NoFollow = 0x100;
    public const uint BasicFacts = 0x7FF;
    public const ushort KindMask = 0xF000;
    public const ushort CharacterKind = 0x2000;
    public const ushort BlockKind = 0x6000;
    public const ushort RegularKind = 0x8000;
    public const int NetworkNamespace = 0x40000000;
    public const int Internet = 2;
    public const int Streams = 1;
    public const int Datagrams = 2;

    /// <summary>A file to wait for.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollFile
    {
        public int File;
        public short Wanted;
        public short Seen;
    }

    /// <summary>What <see cref="Stat"/> tells; the same on all processors.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct FileFacts
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(128)]
        public uint DeviceMajor;

        [FieldOffset(132)]
        public uint DeviceMinor;
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, in ulong value, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<PollFile> files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFile(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Stat(int directory, string path, int flags, uint wanted, out FileFacts facts);

    /// <summary>Takes the calling thread, and no other, to another namespace.</summary>
    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    public static partial int EnterNamespace(int file, int kind);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int MakeSocket(int family, int kind, int protocol);

    /// <summary>Fails with what Linux says if a call failed.</summary>
    /// <exception cref="IOException">The result is negative.</exception>
    public static int Check(int result, string what) =>
        result >= 0 ? result : throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage().ToLowerInvariant()}");
}
