using System.Net;

namespace Leda.Harness.Simulator.Broker;

/// <summary>The broker cannot listen where it was told to: the port is taken, or the address is not this machine's.</summary>
public sealed class BrokerAddressException : Exception
{
    /// <summary>Creates the exception with one line for people and the error behind it.</summary>
    public BrokerAddressException(IPEndPoint endPoint, string message, Exception inner)
        : base(message, inner) =>
        EndPoint = endPoint;

    /// <summary>Where the broker was to listen.</summary>
    public IPEndPoint EndPoint { get; }
}
