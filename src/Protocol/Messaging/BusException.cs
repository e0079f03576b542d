namespace Leda.Harness.Protocol.Messaging;

/// <summary>The bus could not do what it was asked: no connection, refused, no acknowledgement in time.</summary>
public sealed class BusException : Exception
{
    /// <summary>Creates the exception with a message that says what was tried, what happened and what to do.</summary>
    public BusException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the error behind it.</summary>
    public BusException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
